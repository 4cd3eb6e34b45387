import type { UsedSecrets } from "../../configuration/secrets";
import { pointerTo } from "../../findings/pointers";
import type { Earlier } from "../../preflight/check";
import type { Readiness } from "../../preflight/readiness";

/** A vCenter, as the state and the messages know it. */
export interface KnownVCenter {
  /** The address under which it was reached: `vcenter.example.com`. */
  readonly server: string;
  /** Its own id, which is the same under every address. */
  readonly instanceUuid: string;
}

/** The key of the configuration that accepts a vCenter which has another id than before (`restoredAs` in it). */
export const vCenterKey = "deckhouse-vsphere:vCenter";

/**
 * Says that the stack belongs to another vCenter than the one that is asked, and what to do about it.
 *
 * @param made where the stack's resources are; the address may not be known
 * @param found the vCenter that the settings lead to
 */
export function otherVCenter(
  made: Pick<KnownVCenter, "instanceUuid"> & { readonly server?: string | undefined },
  found: KnownVCenter,
): string {
  const origin = made.server === undefined ? "another vCenter" : `vCenter ${made.server}`;
  return [
    `this stack was made in ${origin} (instance UUID ${made.instanceUuid}), and ${found.server} is not that one ` +
      `(${found.instanceUuid}): nothing was read or changed there.`,
    "  - If the address is wrong: correct vsphere:vsphereServer, or VSPHERE_SERVER.",
    "  - If it is to be another vCenter: give that one a stack of its own (pulumi stack init).",
    "  - If it is the same one, restored or rebuilt under a new id: run " +
      `\`pulumi config set --path ${vCenterKey}.restoredAs ${found.instanceUuid}\`, and then once ` +
      "`pulumi up --run-program`.",
    `See ${pointerTo("another-vcenter")}.`,
  ].join("\n");
}

/**
 * Whether what was recorded in one vCenter may be looked for in the one that is asked.
 *
 * @param restoredAs the id under which the recorded one was restored; empty when it was not
 */
export function isSameVCenter(
  recorded: string | undefined,
  found: string,
  restoredAs: string,
): boolean {
  return recorded === undefined || recorded === "" || recorded === found || restoredAs === found;
}

/** The inputs of a VCenter resource, as the provider process receives them. */
export interface VCenterInputs {
  /** The address that the settings name. */
  readonly server: string;
  /** The only other id that the vCenter may have: it was restored under it. Empty when there is none. */
  readonly restoredAs: string;
  /**
   * What the preflight goes by (`Look` of ./preflight.ts), as JSON: one text is handed over many times faster than
   * thousands of values. Without it, only the vCenter's identity is checked. It does not go into the state.
   */
  readonly look?: string;
  /**
   * What Deckhouse's documents hold in secret, for the next preview to see that one of them is another one. It stands
   * encrypted among the inputs in the state, as in the output `documents`, and nowhere else.
   */
  readonly documentSecrets?: UsedSecrets;
}

/** What the preflight leaves in the state. */
export interface Seen {
  /** What the program asked for. */
  readonly asked: Earlier;
  /** The id of each region's storage policy; empty where the region's documents name none. */
  readonly storagePolicyIds: Readonly<Record<string, string>>;
  /** The privileges that this vCenter does not know, and that the roles are made without. */
  readonly privilegesLeftOut: readonly string[];
  /** What each check has come to. */
  readonly readiness: Readiness;
}

/**
 * What `check` makes of the inputs, and what the outputs in the state hold. Only inputs are known at the first preview. A
 * state of an older version, and one of a program that only asks for the identity, has nothing of {@link Seen}.
 */
export type VCenterOutputs = Omit<VCenterInputs, "look" | "documentSecrets"> &
  KnownVCenter &
  Partial<Seen>;

/** The inputs that `check` makes, which the next one compares with. A state of an older version holds no secrets. */
export type CheckedVCenter = VCenterOutputs & Pick<VCenterInputs, "documentSecrets">;
