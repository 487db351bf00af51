/**
 * Who may do what in a team: like an `OwnerScope`, in place of a team's id, so that no query or use case can be called with an id out of
 * an address. Only lib/teams/scope.ts makes one, from a membership.
 */
export type TeamRole = "owner" | "admin" | "member";

class Scope {
  // Private fields make the type nominal: an object with the same properties is not a scope.
  readonly #teamId: string;
  readonly #readerId: string;
  readonly #role: TeamRole | null;

  constructor(teamId: string, readerId: string, role: TeamRole | null) {
    this.#teamId = teamId;
    this.#readerId = readerId;
    this.#role = role;
  }

  get teamId(): string {
    return this.#teamId;
  }

  /** Who reads or changes it. */
  get readerId(): string {
    return this.#readerId;
  }

  /** Their role in it; null: a platform admin who looks after it without being a member. */
  get role(): TeamRole | null {
    return this.#role;
  }

  /** May manage members, event types and settings. */
  get manages(): boolean {
    return this.#role !== "member";
  }

  /** May do everything, such as make owners and delete the team. */
  get owns(): boolean {
    return this.#role === "owner" || this.#role === null;
  }

  /** Whose bookings and event types they see: null means everyone's, otherwise their own. A platform admin sees none of visitors. */
  get seesOnly(): string | null {
    return this.#role === "owner" || this.#role === "admin" ? null : this.#readerId;
  }
}

export type TeamScope = Scope;

/** Only for lib/teams, which has looked the membership up. */
export function teamScopeOf(teamId: string, readerId: string, role: TeamRole | null): TeamScope {
  return new Scope(teamId, readerId, role);
}
