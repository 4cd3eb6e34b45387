import type { Finding } from "../findings/finding";
import type { VirtualMachine } from "../vcenter";

/** The oldest hardware version on which disks of running machines can grow. */
const oldestHardwareVersion = 15;

const bytesPerGibibyte = 1024 ** 3;

/** The properties of a template that are checked. */
export type TemplateFacts = Pick<
  VirtualMachine,
  "isTemplate" | "isPoweredOn" | "hardwareVersion" | "disks" | "networkAdapters"
>;

/**
 * Checks what Deckhouse requires of a template, as far as vCenter knows it; it cannot see inside the guest.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`, and
 * `candi/terraform-modules/master-node/main.tf` for the network adapter.
 *
 * @param where the template's full path
 * @param smallestRootDisk GiB, of the nodes that are cloned from it; undefined when there are none
 */
export function unmetRequirements(
  where: string,
  facts: TemplateFacts,
  smallestRootDisk: number | undefined,
): Finding[] {
  return Array.from(faults(facts, smallestRootDisk), ([wrong, consequence, remedy]) => ({
    severity: "error",
    where,
    wrong,
    consequence,
    remedy,
  }));
}

function* faults(
  { isTemplate, isPoweredOn, hardwareVersion, disks, networkAdapters }: TemplateFacts,
  smallestRootDisk: number | undefined,
): Generator<[wrong: string, consequence: string, remedy: string]> {
  if (!isTemplate && isPoweredOn) {
    yield ["it is a running virtual machine", "whose clones would be inconsistent", "power it off"];
  }
  if (disks.length !== 1) {
    yield [`it has ${disks.length} disks`, "but Deckhouse requires exactly one", "leave one"];
  }
  const version = Number(/^vmx-(\d+)$/.exec(hardwareVersion)?.[1] ?? 0);
  if (version < oldestHardwareVersion) {
    yield [
      `its hardware version is ${hardwareVersion || "unknown"}`,
      `but disks of nodes can only grow from vmx-${oldestHardwareVersion} on`,
      "upgrade it",
    ];
  }
  if (networkAdapters.length === 0) {
    yield ["it has no network adapter", "but Deckhouse uses the type of the first one", "add one"];
  }
  const disk = disks[0]?.capacityBytes ?? 0;
  if (smallestRootDisk !== undefined && disk > smallestRootDisk * bytesPerGibibyte) {
    yield [
      `its disk has ${shownSize(disk)}`,
      `but a node asks for a root disk of ${smallestRootDisk} GiB, which cannot be smaller than the template's`,
      "raise rootDiskSize",
    ];
  }
}

/** Rounds up: a disk that is slightly too large must not look as if it fitted. */
function shownSize(bytes: number): string {
  return `${Math.ceil((10 * bytes) / bytesPerGibibyte) / 10} GiB`;
}

/**
 * A virtual machine that is not a template has the path of the template to be built. Somebody may be using it, so the
 * advice does not stop it.
 */
export function machineInPlaceOfTemplate(where: string): Finding {
  return {
    severity: "error",
    where,
    wrong: "a virtual machine that is not a template has the template's name",
    consequence: "and a template of that name cannot be built beside it",
    remedy:
      "name another existing folder (templateImage.folder), or rename the machine in the vSphere Client: it keeps running, " +
      "but this would break whatever looks for it by its path; if it is a template that somebody converted into a machine " +
      "and that nobody uses, convert it back into a template",
  };
}
