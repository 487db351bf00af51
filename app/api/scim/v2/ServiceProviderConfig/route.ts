import { methods } from "@/lib/api/methods";
import { answerScim, scimJson } from "@/lib/scim/answer";
import { serviceProviderConfig } from "@/lib/scim/represent";

export const dynamic = "force-dynamic";

function read(request: Request): Promise<Response> {
  return answerScim(request, "/api/scim/v2/ServiceProviderConfig", async () =>
    scimJson(serviceProviderConfig()),
  );
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
