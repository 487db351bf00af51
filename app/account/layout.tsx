import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Keyboard } from "@/components/keyboard/keyboard";
import { areSingleKeysOn, singleKeysCookie } from "@/components/keyboard/keys";
import { requireOrganizer } from "@/lib/auth/guards";

/**
 * No one sees anything below without being signed in. The house itself is drawn by each section, which knows its tab; keys are heard here,
 * so that none is lost on the way from one section to another.
 */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireOrganizer();
  return (
    <>
      <Keyboard singleKeys={areSingleKeysOn((await cookies()).get(singleKeysCookie)?.value)} />
      {children}
    </>
  );
}
