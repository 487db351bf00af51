import type { ReactNode } from "react";
import { requireOrganizer } from "@/lib/auth/guards";

/** No one sees anything below without being signed in. The house itself is drawn by each section, which knows its tab. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireOrganizer();
  return children;
}
