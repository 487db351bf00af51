/** What an event type asks its visitors, as its row keeps it. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";

export const questionKinds = ["text", "multiline", "select", "checkbox", "phone", "url"] as const;

export const readQuestions = jsonColumn(
  "EventType.questions",
  z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      hint: z.exactOptional(z.string()),
      kind: z.enum(questionKinds),
      required: z.boolean(),
      options: z.exactOptional(z.array(z.string())),
    }),
  ),
);
