import type { z } from "zod";
import type { Account } from "@/tests/emulator/state";
import { findAccount, type World } from "@/tests/emulator/world";

/** A refusal of the control port: the test asked for something that is not there, or put it wrongly. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ControlCall {
  world: World;
  ids: string[];
  query: URLSearchParams;
  body: unknown;
}

export interface ControlRoute {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  template: string;
  handle: (call: ControlCall) => unknown;
}

export function parse<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ControlRefusal(400, `${issue?.path.join(".") || "body"}: ${issue?.message ?? "cannot be read"}`);
}

export function requireAccount(world: World, emailOrId: string | undefined): Account {
  const account = findAccount(world.state, emailOrId ?? "");
  if (!account) throw new ControlRefusal(404, `there is no account ${emailOrId}`);
  return account;
}
