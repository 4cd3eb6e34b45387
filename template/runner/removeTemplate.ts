import { objectKey } from "../../vcenter";
import { templatePath } from "../place";
import { failure } from "./failure";
import type { Run } from "./run";

/**
 * Removes the template that this resource made. A template that it only found, an object that somebody put in its place,
 * and a machine that is no longer a template stay: they belong to others.
 *
 * @returns what was done, in a sentence
 * @throws RunFailure when this account cannot see the template, or this is another vCenter: not visible does not mean gone
 * @throws VCenterError
 */
export async function removeTemplate(run: Run): Promise<string> {
  const { client, request, previous, progress } = run;
  progress.stage("remove");
  const path = templatePath(request.place, request.name);
  if (previous === undefined || previous.origin === "found") {
    return `${path}: not made by this stack, so it stays`;
  }
  const { instanceUuid } = await client.about();
  if (instanceUuid !== previous.vCenter) {
    throw failure("remove", {
      where: path,
      wrong:
        `it was made in another vCenter (instance UUID ${previous.vCenter}) than this one (${instanceUuid}), so nothing ` +
        "was removed here",
      remedy:
        "correct the address of vCenter; or, if this is the same vCenter, restored under a new instance UUID, confirm that " +
        "(deckhouse-vsphere:vCenter.restoredAs), set templateImage.oldTemplates to keep, and run `pulumi up`: then the " +
        "template stays, and this stack forgets it",
    });
  }
  const reference = await client.virtualMachines.find(path, ["VirtualMachine"]);
  if (reference === undefined || objectKey(reference) !== previous.reference) {
    return `${path}: ${await whatBecameOf(client, path, previous.reference)}`;
  }
  const machine = await client.virtualMachines.read(reference);
  if (machine?.isTemplate === false) {
    return `${path}: somebody converted the template into a virtual machine, so it stays`;
  }
  await client.virtualMachines.destroy(reference);
  return `${path}: removed`;
}

/** Reports what became of a template that is no longer at its path. */
async function whatBecameOf(client: Run["client"], path: string, key: string): Promise<string> {
  const [type = "", id = ""] = key.split(":");
  const machine = await client.virtualMachines.read({ type, id });
  if (machine === undefined) return "what this stack made no longer exists";
  // A machine that this account cannot see has no name.
  if (machine.name === "") {
    throw failure("remove", {
      where: path,
      wrong: "it exists in vCenter, but this account cannot see it, so it cannot be removed",
      remedy:
        "let this account see it (System.View and System.Read on the template and above it), or use another account",
    });
  }
  return `somebody renamed or moved what this stack made, now ${machine.name}, so it stays`;
}
