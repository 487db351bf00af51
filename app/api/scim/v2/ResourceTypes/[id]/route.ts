import { methods } from "@/lib/api/methods";
import { answerScim, scimError, scimJson } from "@/lib/scim/answer";
import { userResourceType } from "@/lib/scim/represent";

export const dynamic = "force-dynamic";

function read(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerScim(request, "/api/scim/v2/ResourceTypes/{id}", async () => {
    const document = userResourceType();
    const { id } = await params;
    return decodeURIComponent(id) === document.id
      ? scimJson(document)
      : scimError(404, "There's no such resource type.");
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read });
