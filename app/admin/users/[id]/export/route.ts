import type { NextRequest } from "next/server";
import { exportAccount } from "@/lib/accounts/export-account";
import { getUser } from "@/lib/accounts/users";
import { actAs } from "@/lib/audit/acting";
import { originOf } from "@/lib/auth/client-address";
import { requireAdminOver } from "@/lib/auth/guards";
import { isId } from "@/lib/input/id";

export const dynamic = "force-dynamic";

/** Everything of one account as a file. For anyone but a platform admin it is not there. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const scope = await requireAdminOver(id);
  const user = isId(id) ? await getUser(id) : null;
  if (!user) return new Response(null, { status: 404 });
  const acting = { actorId: scope.readerId, from: originOf(request.headers) };
  const exported = await actAs(acting, () => exportAccount(scope));
  return new Response(`${JSON.stringify(exported, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="account-${user.handle}.json"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex, nofollow",
    },
  });
}
