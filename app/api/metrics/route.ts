import { methods } from "@/lib/api/methods";
import { answerMetrics } from "@/lib/health/answer-metrics";

export const dynamic = "force-dynamic";

const read = ({ headers }: Request): Promise<Response> => answerMetrics(headers);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
