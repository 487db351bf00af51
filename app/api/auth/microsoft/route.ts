import type { NextRequest } from "next/server";
import { start } from "@/app/api/auth/start";
import { methods } from "@/lib/api/methods";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: (request: NextRequest) => start(request, "microsoft"),
});
