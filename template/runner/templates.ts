import { machineInPlaceOfTemplate } from "../advice";
import { templatePath } from "../place";
import type { TemplateResult } from "../request";
import { unmetRequirements } from "../requirements";
import {
  isVCenterError,
  objectKey,
  typesOf,
  type ManagedObjectReference,
  type ObjectKind,
  type VirtualMachine,
} from "../../vcenter";
import { RunFailure } from "./failure";
import type { Run } from "./run";

/**
 * The template that is wanted, if it is there.
 *
 * @throws RunFailure when a machine that is no template has its name
 */
export async function findTemplate({ client, request }: Run): Promise<VirtualMachine | undefined> {
  const path = templatePath(request.place, request.name);
  const reference = await client.virtualMachines.find(path, ["VirtualMachine"]);
  const machine = reference && (await client.virtualMachines.read(reference));
  if (machine === undefined || machine.isTemplate) return machine;
  throw new RunFailure(
    "look",
    `${path}: a virtual machine that is no template has the template's name`,
    machineInPlaceOfTemplate,
  );
}

/** What the run tells of the template, after a look at what Deckhouse asks of it. @throws RunFailure */
export async function result(
  run: Run,
  machine: VirtualMachine,
  origin: TemplateResult["origin"],
): Promise<TemplateResult> {
  const { client, request, previous } = run;
  const template = templatePath(request.place, request.name);
  const faults = unmetRequirements(machine, request.smallestRootDisk);
  if (faults.length > 0) {
    throw new RunFailure(
      "check",
      `${template}: ${faults.join("; ")}`,
      "change what builds it, or the nodes, and run again",
    );
  }
  const reference = objectKey(machine);
  const vCenter = (await client.about()).instanceUuid;
  const isOwn = previous?.reference === reference && previous.vCenter === vCenter;
  return {
    template,
    reference,
    vCenter,
    // What was found may be what an earlier run of this resource made.
    origin: origin === "found" && isOwn ? previous.origin : origin,
  };
}

/**
 * Takes the template of another run that was first with the same.
 *
 * @param error why this run could not give its own the name
 * @throws the error, when that was not the reason
 */
export async function madeByOther(run: Run, error: unknown): Promise<TemplateResult> {
  const found = isVCenterError(error, "alreadyExists") ? await findTemplate(run) : undefined;
  if (found === undefined) throw error;
  run.log.note(`another run has made ${templatePath(run.request.place, run.request.name)}`);
  return result(run, found, "found");
}

/** The object of one of some kinds at a path. @throws RunFailure when there is none, or none that this account sees */
export async function requiredObject(
  { client }: Run,
  stage: RunFailure["stage"],
  path: string,
  kinds: readonly ObjectKind[],
): Promise<ManagedObjectReference> {
  const reference = await client.virtualMachines.find(path, typesOf(kinds));
  if (reference !== undefined) return reference;
  throw new RunFailure(
    stage,
    `${path}: no such ${kinds.join(" or ")} in vCenter's inventory, or this account cannot see it`,
    "correct templateImage.places, or let the account see it (System.View)",
  );
}
