import { templatePath } from "../place";
import { objectKey, type ManagedObjectReference } from "../../vcenter";
import { RunFailure } from "./failure";
import type { Run } from "./run";

/**
 * Removes the template that this resource made. What it found there when it came, what somebody put in its place, and
 * what is no template any more stays: that belongs to others.
 *
 * @returns what was done, a sentence
 * @throws RunFailure when this account cannot see the template, or this is another vCenter: not seen is not gone
 * @throws VCenterError
 */
export async function removeTemplate({
  client,
  request,
  previous,
  progress,
}: Run): Promise<string> {
  progress.stage("remove");
  const path = templatePath(request.place, request.name);
  if (previous === undefined || previous.origin === "found") {
    return `${path}: this stack did not make it: it stays`;
  }
  const { instanceUuid } = await client.about();
  if (instanceUuid !== previous.vCenter) {
    throw new RunFailure(
      "remove",
      `${path}: it was made in another vCenter (instance UUID ${previous.vCenter}) than this one (${instanceUuid}), so ` +
        "nothing was removed here",
      "let the address of vCenter lead to the other one; if it is the same one, restored under a new id, accept that " +
        "(deckhouse-vsphere:vCenter.restoredAs), write keep as templateImage.oldTemplates, and run `pulumi up`: then the " +
        "template stays, and this stack forgets it",
    );
  }
  const reference = await client.virtualMachines.find(path, ["VirtualMachine"]);
  if (reference === undefined || objectKey(reference) !== previous.reference) {
    return `${path}: ${await whatBecameOf(client, path, previous.reference)}`;
  }
  const machine = await client.virtualMachines.read(reference);
  if (machine?.isTemplate === false) {
    return `${path}: somebody made a virtual machine of the template: it stays`;
  }
  await client.virtualMachines.destroy(reference);
  return `${path}: removed`;
}

/** Says what became of a template that is not at its path any more; a machine that this account cannot see has no name. */
async function whatBecameOf(client: Run["client"], path: string, key: string): Promise<string> {
  const machine = await client.virtualMachines.read(referenceOf(key));
  if (machine === undefined) return "what this stack made is not there any more";
  if (machine.name === "") {
    throw new RunFailure(
      "remove",
      `${path}: vCenter has it, but this account cannot see it, so it cannot be removed`,
      "let this account see it (System.View and System.Read on the template and above it), or use another account",
    );
  }
  return `somebody renamed or moved what this stack made, now ${machine.name}: it stays`;
}

function referenceOf(key: string): ManagedObjectReference {
  const [type = "", id = ""] = key.split(":");
  return { type, id };
}
