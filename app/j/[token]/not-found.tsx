import { LostLink } from "@/components/booking/lost-link";

export default function UnknownJoinPage() {
  return <LostLink what="join" />;
}
