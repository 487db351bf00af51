/** Which mails an event type sends, by itself. PURE, for server and browser. */

export interface Notifications {
  confirmation: boolean;
  rescheduled: boolean;
  cancelled: boolean;
  /** To the visitor: that a request has come in, was approved or was declined. */
  decision: boolean;
  /** Minutes before the start. */
  reminderMinutes: number[];
  /** Minutes after the end; null: none. */
  followUpMinutes: number | null;
  organizerRequest: boolean;
  organizerCopies: boolean;
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
};
