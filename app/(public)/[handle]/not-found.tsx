import { LostLink } from "@/components/booking/lost-link";

export default function NobodyHere() {
  return <LostLink what="profile" />;
}
