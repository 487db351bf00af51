import type { NextRequest } from "next/server";
import { comeBack } from "@/app/api/auth/come-back";
import { methods } from "@/lib/api/methods";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: (request: NextRequest) => comeBack(request, "oidc"),
});
