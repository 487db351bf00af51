import { expect, it } from "vitest";
import { exchangeCommands, teamsCommands } from "@/lib/registration/managed-commands";

const clientId = "11111111-1111-4111-8111-111111111111";

it("lets the app into the mailboxes of a group alone, and never of the whole organization", () => {
  const lines = exchangeCommands(clientId).split("\n");
  const assignments = lines.filter((line) => line.startsWith("New-ManagementRoleAssignment"));
  expect(assignments).toHaveLength(1);
  expect(assignments[0]).toContain(
    '-Role "Application Calendars.ReadWrite" -CustomResourceScope "Bellhop organizers"',
  );
  expect(lines.find((line) => line.startsWith("New-ManagementScope"))).toContain("MemberOfGroup -eq");
  expect(lines.find((line) => line.startsWith("New-ServicePrincipal"))).toContain(`-AppId ${clientId}`);
});

it("grants the Teams policy to one person at a time", () => {
  const commands = teamsCommands(clientId);
  expect(commands).toContain(`-AppIds "${clientId}"`);
  expect(commands).toContain("Grant-CsApplicationAccessPolicy");
  expect(commands).not.toContain("-Global");
});
