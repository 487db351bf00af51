import { LostLink } from "@/components/booking-page/lost-link";

export default function UnknownJoinPage() {
  return <LostLink what="join" />;
}
