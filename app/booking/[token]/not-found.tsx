import { LostLink } from "@/components/booking-page/lost-link";

export default function UnknownBooking() {
  return <LostLink what="visit" />;
}
