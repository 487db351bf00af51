import type { ReactNode } from "react";
import { AdminFrame } from "@/app/admin/admin-frame";

export default function UsersLayout({ children }: { children: ReactNode }) {
  return <AdminFrame current="users">{children}</AdminFrame>;
}
