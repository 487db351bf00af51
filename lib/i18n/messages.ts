import account from "@/messages/en/account.json";
import admin from "@/messages/en/admin.json";
import api from "@/messages/en/api.json";
import audit from "@/messages/en/audit.json";
import auth from "@/messages/en/auth.json";
import availability from "@/messages/en/availability.json";
import blocks from "@/messages/en/blocks.json";
import booking from "@/messages/en/booking.json";
import bookings from "@/messages/en/bookings.json";
import brand from "@/messages/en/brand.json";
import calendars from "@/messages/en/calendars.json";
import common from "@/messages/en/common.json";
import connections from "@/messages/en/connections.json";
import errors from "@/messages/en/errors.json";
import eventTypes from "@/messages/en/event-types.json";
import help from "@/messages/en/help.json";
import landing from "@/messages/en/landing.json";
import mails from "@/messages/en/mails.json";
import rooms from "@/messages/en/rooms.json";
import teams from "@/messages/en/teams.json";
import troubleshoot from "@/messages/en/troubleshoot.json";
import validation from "@/messages/en/validation.json";
import webhooks from "@/messages/en/webhooks.json";

/** Every word the product shows in English, by namespace. A new file needs its import and its line here. */
export const english = {
  account,
  admin,
  api,
  audit,
  auth,
  availability,
  blocks,
  booking,
  bookings,
  brand,
  calendars,
  common,
  connections,
  errors,
  "event-types": eventTypes,
  help,
  landing,
  mails,
  rooms,
  teams,
  troubleshoot,
  validation,
  webhooks,
};

/** The shape every language must have: English sets it. */
export type Messages = typeof english;
export type Namespace = keyof Messages;
