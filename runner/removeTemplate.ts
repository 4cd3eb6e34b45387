import { templatePath } from "../templateImage/place";
import { objectKey } from "../vcenter";
import type { Run } from "./run";

/**
 * Removes the template that this resource made. What it found there when it came, what somebody put in its place, and
 * what is no template any more stays: that belongs to others.
 *
 * @returns what was done, a sentence
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
  const isSameVCenter = (await client.about()).instanceUuid === previous.vCenter;
  const reference = await client.virtualMachines.find(path, ["VirtualMachine"]);
  if (!isSameVCenter || reference === undefined || objectKey(reference) !== previous.reference) {
    return `${path}: what this stack made is not there any more`;
  }
  const machine = await client.virtualMachines.read(reference);
  if (machine?.isTemplate === false) {
    return `${path}: somebody made a virtual machine of the template: it stays`;
  }
  await client.virtualMachines.destroy(reference);
  return `${path}: removed`;
}
