/** Which mails an event type sends, by itself. PURE, for server and browser. */

export interface Notifications {
  confirmation: boolean;
  rescheduled: boolean;
  cancelled: boolean;
  /** To the visitor when a request is received, approved, or declined. */
  decision: boolean;
  /** Minutes before the start. */
  reminderMinutes: number[];
  /** Minutes after the end; null: none. */
  followUpMinutes: number | null;
  organizerRequest: boolean;
  organizerCopies: boolean;
  /** To a visitor who did not come, with the way to another time. */
  noShow: boolean;
  /** Text messages to visitors who gave a phone number: with the confirmation, and with each reminder. */
  textConfirmation: boolean;
  textReminders: boolean;
}

export const defaultNotifications: Notifications = {
  confirmation: true,
  rescheduled: true,
  cancelled: true,
  decision: true,
  reminderMinutes: [1440, 60],
  followUpMinutes: null,
  organizerRequest: true,
  organizerCopies: true,
  noShow: false,
  textConfirmation: false,
  textReminders: false,
};
