import { LostLink } from "@/components/booking-page/lost-link";

export default function NobodyHere() {
  return <LostLink what="profile" />;
}
