import { SimulatorControl, type Snapshot as WholeSnapshot } from "../lab/simulatorControl";

/** The part of the simulated vCenter's state that the demonstration shows. */
export interface Snapshot extends Pick<WholeSnapshot, "attachments" | "roles"> {
  readonly permissions: readonly Omit<WholeSnapshot["permissions"][number], "group">[];
}

/** A tag on an object, by their names. */
export type Attachment = Snapshot["attachments"][number];

/** Reads back what the simulated vCenter really has. */
export async function readSnapshot(control: string): Promise<Snapshot> {
  return new SimulatorControl(control).snapshot();
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
