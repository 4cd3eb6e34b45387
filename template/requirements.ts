import type { VirtualMachine } from "../vcenter";

/** The oldest hardware version whose machines can have their disks grown while they run. */
const oldestHardwareVersion = 15;

const bytesOfGibibyte = 1024 ** 3;

/** What a template is looked at for. */
export type TemplateFacts = Pick<
  VirtualMachine,
  "isTemplate" | "isPoweredOn" | "hardwareVersion" | "disks" | "networkAdapters"
>;

/**
 * What Deckhouse asks of a template, as far as vCenter can tell; what is inside the guest it cannot.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`, and
 * `candi/terraform-modules/master-node/main.tf` for the network adapter.
 *
 * @param largestDisk GiB: the smallest root disk of the nodes that are cloned from it; none is smaller than its disk
 * @returns what is wrong and what to do, a sentence each
 */
export function unmetRequirements(facts: TemplateFacts, largestDisk: number | undefined): string[] {
  const { isTemplate, isPoweredOn, hardwareVersion, disks, networkAdapters } = facts;
  const version = Number(/^vmx-(\d+)$/.exec(hardwareVersion)?.[1] ?? 0);
  const disk = disks[0]?.capacityBytes ?? 0;
  return [
    ...(!isTemplate && isPoweredOn
      ? ["it is a virtual machine that runs, and a clone would not be clean: switch it off"]
      : []),
    ...(disks.length === 1
      ? []
      : [
          `it has ${disks.length} disks, and Deckhouse takes a template with exactly one: leave one`,
        ]),
    ...(version >= oldestHardwareVersion
      ? []
      : [
          `its hardware version is ${hardwareVersion || "not known"}, and disks of nodes cannot grow before vmx-${oldestHardwareVersion}: upgrade it`,
        ]),
    ...(networkAdapters.length > 0
      ? []
      : ["it has no network adapter, and Deckhouse takes the first one's type: add one"]),
    ...(largestDisk === undefined || disk <= largestDisk * bytesOfGibibyte
      ? []
      : [
          `its disk has ${shownSize(disk)}, and a node asks for a root disk of ${largestDisk} GiB, which cannot be smaller: raise rootDiskSize`,
        ]),
  ];
}

function shownSize(bytes: number): string {
  // Upwards: a disk that is a little too large must not look as if it fitted.
  return `${Math.ceil((10 * bytes) / bytesOfGibibyte) / 10} GiB`;
}
