import {
  isVCenterError,
  objectKey,
  typesOf,
  type ManagedObjectReference,
  type ObjectKind,
  type VCenterClient,
  type VirtualMachine,
} from "../../vcenter";
import { templatePath, type TemplateRequest, type TemplateResult } from "../request";
import { machineInPlaceOfTemplate, unmetRequirements } from "../requirements";
import { failure, RunFailure } from "./failure";
import type { StageName } from "./progress";
import type { Run } from "./run";

/**
 * The request with the paths that vCenter uses: the configuration may call a datacenter's own folders by the kind of
 * their contents, whatever their real names.
 *
 * @throws VCenterError
 */
export async function withRealPaths(
  { virtualMachines }: VCenterClient,
  request: TemplateRequest,
): Promise<TemplateRequest> {
  const { place, copyFrom } = request;
  const real = (path: string): Promise<string> => virtualMachines.realPath(path);
  const [cluster, datastore, folder, network, source] = await Promise.all([
    real(place.cluster),
    real(place.datastore),
    real(place.folder),
    real(place.network),
    copyFrom === undefined ? undefined : real(copyFrom),
  ]);
  return {
    ...request,
    place: { ...place, cluster, datastore, folder, network },
    ...(source === undefined ? {} : { copyFrom: source }),
  };
}

/** The requested template, if it exists. @throws RunFailure when a machine that is not a template has its name */
export async function findTemplate({ client, request }: Run): Promise<VirtualMachine | undefined> {
  const path = templatePath(request.place, request.name);
  const reference = await client.virtualMachines.find(path, ["VirtualMachine"]);
  const machine = reference && (await client.virtualMachines.read(reference));
  if (machine === undefined || machine.isTemplate) return machine;
  throw new RunFailure("look", [machineInPlaceOfTemplate(path)]);
}

/** What the run reports about the template, once it meets Deckhouse's requirements. @throws RunFailure */
export async function result(
  run: Run,
  machine: VirtualMachine,
  origin: TemplateResult["origin"],
): Promise<TemplateResult> {
  const { client, request, previous } = run;
  const template = templatePath(request.place, request.name);
  const unmet = unmetRequirements(template, machine, request.smallestRootDisk);
  if (unmet.length > 0) throw new RunFailure("check", unmet);
  const reference = objectKey(machine);
  const vCenter = (await client.about()).instanceUuid;
  const isOwn = previous?.reference === reference && previous.vCenter === vCenter;
  return {
    template,
    reference,
    vCenter,
    // What was found may have been made by an earlier run of this resource.
    origin: origin === "found" && isOwn ? previous.origin : origin,
  };
}

/**
 * Takes the template of another run that was faster.
 *
 * @param error why this run could not give its own template the name
 * @throws the error, when that was not the reason
 */
export async function madeByOther(run: Run, error: unknown): Promise<TemplateResult> {
  const found = isVCenterError(error, "alreadyExists") ? await findTemplate(run) : undefined;
  if (found === undefined) throw error;
  run.log.note(`another run has made ${templatePath(run.request.place, run.request.name)}`);
  return result(run, found, "found");
}

/** The object of one of these kinds at a path. @throws RunFailure when there is none that this account can see */
export async function requiredObject(
  { client }: Run,
  stage: StageName,
  path: string,
  kinds: readonly ObjectKind[],
): Promise<ManagedObjectReference> {
  const reference = await client.virtualMachines.find(path, typesOf(kinds));
  if (reference !== undefined) return reference;
  throw failure(stage, {
    where: path,
    wrong: `no such ${kinds.join(" or ")} in vCenter's inventory, or this account cannot see it`,
    remedy: "correct templateImage.places, or let the account see it (System.View)",
  });
}

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
