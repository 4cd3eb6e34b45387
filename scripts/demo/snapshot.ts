/** The part of the control endpoint's snapshot that the demonstration shows (see lab/vcenter/README.md). */
export interface Snapshot {
  readonly attachments: readonly Attachment[];
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
}

/** A tag on an object, by their names. */
export interface Attachment {
  readonly category: string;
  readonly tag: string;
  readonly path: string;
}

/** A role that is not one of vCenter's own. */
export interface Role {
  readonly name: string;
  readonly privileges: readonly string[];
}

/** A rule of who has which role on an object. */
export interface Permission {
  readonly path: string;
  readonly principal: string;
  readonly role: string;
  readonly propagate: boolean;
}

/** Reads back what the simulated vCenter really has. */
export async function readSnapshot(control: string): Promise<Snapshot> {
  const response = await fetch(`${control}/snapshot`);
  if (!response.ok) throw new Error(`GET /snapshot: HTTP ${response.status}`);
  return (await response.json()) as Snapshot;
}

/** What `after` has and `before` has not. */
export function added(before: Snapshot, after: Snapshot): Snapshot {
  return {
    attachments: without(after.attachments, before.attachments),
    roles: without(after.roles, before.roles),
    permissions: without(after.permissions, before.permissions),
  };
}

/** How many things others had before and have no more, or not as they were. */
export function lost(before: Snapshot, after: Snapshot): number {
  const missing = added(after, before);
  return missing.attachments.length + missing.roles.length + missing.permissions.length;
}

function without<Entry>(all: readonly Entry[], some: readonly Entry[]): Entry[] {
  const known = new Set(some.map((entry) => JSON.stringify(entry)));
  return all.filter((entry) => !known.has(JSON.stringify(entry)));
}
