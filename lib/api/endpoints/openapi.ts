import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";

export const getOpenApiEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/openapi.json",
  access: "public",
  summary: "Read this document",
  answer: z.record(z.string(), z.unknown()),
});
