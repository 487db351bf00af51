import { LostLink } from "@/components/booking/lost-link";

export default function UnknownBooking() {
  return <LostLink what="visit" />;
}
