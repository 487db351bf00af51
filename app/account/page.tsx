import { redirect } from "next/navigation";
import { homePath } from "@/lib/auth/return-to";

export default function AccountPage(): never {
  redirect(homePath);
}
