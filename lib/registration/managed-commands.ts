/** What an administrator runs so that this server may open some mailboxes by itself, and no others. PURE. */

/**
 * Exchange's RBAC for Applications, with a management scope: never the whole organization (Microsoft: application-rbac). The
 * application permission itself is not granted in Entra, since one granted there reaches every mailbox.
 */
export function exchangeCommands(clientId: string): string {
  return [
    "Connect-MgGraph -Scopes Application.Read.All",
    "Connect-ExchangeOnline",
    `$app = Get-MgServicePrincipal -Filter "AppId eq '${clientId}'"`,
    `New-ServicePrincipal -AppId ${clientId} -ObjectId $app.Id -DisplayName "Bellhop"`,
    '$group = New-DistributionGroup -Name "Bellhop organizers" -Type Security',
    `New-ManagementScope -Name "Bellhop organizers" -RecipientRestrictionFilter "MemberOfGroup -eq '$($group.DistinguishedName)'"`,
    'New-ManagementRoleAssignment -App $app.Id -Role "Application Calendars.ReadWrite" -CustomResourceScope "Bellhop organizers"',
    'Add-DistributionGroupMember -Identity "Bellhop organizers" -Member someone@example.com',
    "Test-ServicePrincipalAuthorization -Identity $app.Id -Resource someone@example.com",
  ].join("\n");
}

/**
 * The Teams application access policy that setting up meetings needs besides the permission `OnlineMeetings.ReadWrite.All` (Microsoft:
 * cloud-communication-online-meeting-application-access-policy). One policy for each person.
 */
export function teamsCommands(clientId: string): string {
  return [
    "Connect-MicrosoftTeams",
    `New-CsApplicationAccessPolicy -Identity "Bellhop" -AppIds "${clientId}" -Description "Bellhop sets up meetings"`,
    'Grant-CsApplicationAccessPolicy -PolicyName "Bellhop" -Identity someone@example.com',
  ].join("\n");
}
