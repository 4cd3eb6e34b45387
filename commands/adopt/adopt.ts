import { isSameVCenter, otherVCenter } from "../../components/vCenter/identity";
import {
  loadConfiguration,
  type LoadedConfiguration,
  type StackSettings,
} from "../../configuration/load";
import { ConfigurationError } from "../../findings/finding";
import { visibleLine } from "../../findings/text";
import { withVCenter } from "../../vcenter";
import { stackConfiguration, userAgent } from "../check/stack";
import { confirm } from "../confirm";
import { exportedState, importState, readState, stackName, type EngineState } from "../engineState";
import { defineCommand } from "../program";
import { UserError } from "../run";
import { forgetPendingCreates, importResources, providerVersion, refreshState } from "./engine";
import { importFile } from "./importFile";
import { namedThings, type Place } from "./named";
import { hasWork, ownAfter, planAdoption, type AdoptionPlan, type Way } from "./plan";
import { readVCenter } from "./readVCenter";
import { withTaken, type RecordedVCenter } from "./recordTaken";
import { planJson, planText } from "./report";
import {
  editedStackFile,
  refuseContradiction,
  settingsWithExisting,
  writeWhole,
} from "./writeExisting";

/** `adopt`: goes on with what vCenter has already of all that a stack names. */
export const adopt = defineCommand({
  name: "adopt",
  summary: "go on with tags, categories and roles that vCenter has already",
  description: [
    "Looks for the categories, tags and roles that the stack's configuration names and vCenter has already. Shows what is " +
      "there, in what it differs, and what the next `pulumi up` would do about that. Then asks, and makes the stack use them: " +
      "it writes `existing: true` beside each into the stack's file. What is used is never changed or deleted.",
    "With --take, it takes them into the stack's state instead, as if the stack had made them: `pulumi up` then changes them " +
      "to what the configuration says, after its preview said so, and `pulumi destroy` deletes tags and roles.",
    "What an interrupted `pulumi up` of the stack made is always taken into its state. The command itself changes nothing in " +
      "vCenter.",
  ],
  options: {
    stack: { value: "NAME", text: "the stack (default: the selected one)" },
    take: { text: "take what is there into the state, in place of using it" },
    yes: { text: "do it without asking" },
    format: { value: "FORMAT", text: "text, or json for programs (default: text)" },
  },
  examples: [
    ["npm run adopt -- --stack prod", "use what is there"],
    ["npm run adopt -- --stack prod --take", "take it over"],
    ["npm run adopt -- --stack prod --yes", "in a pipeline"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
    ["VSPHERE_SERVER, VSPHERE_USER, VSPHERE_PASSWORD", "vCenter, where the stack does not say"],
  ],
  exitCodes: [
    ["0", "done, or nothing is left to adopt"],
    ["1", "nothing was done, or not all of it: the output says why"],
  ],
  async action({ stack, take = false, yes = false, format = "text" }) {
    if (format !== "text" && format !== "json") {
      throw new UserError(`--format: found "${format}": there is no such form: write text or json`);
    }
    const way = take ? "take" : "use";
    const name = await stackName(stack);
    const settings = await stackConfiguration(name);
    const { configuration, connection } = load(settings, way);
    const named = namedThings(configuration);
    const state = readState(await exportedState(name));
    const found = await withVCenter(connection, { userAgent: userAgent() }, (client) =>
      readVCenter(client, named),
    );
    const { server } = connection;
    refuseOtherVCenter(state, { server, instanceUuid: found.instanceUuid }, configuration);

    const plan = planAdoption(named, found, state, way);
    const audience = { stack: name, server };
    process.stdout.write(
      format === "json"
        ? `${JSON.stringify(planJson(plan, audience), null, 2)}\n`
        : `${planText(plan, audience)}\n`,
    );
    const isWhole = plan.things.every(({ obstacle }) => obstacle === undefined);
    if (!hasWork(plan)) return isWhole ? 0 : 1;
    const answer = await confirm("Go on?", yes);
    if (answer !== "yes") {
      console.error(
        visibleLine(`Nothing was done.${answer === "nobody" ? howToGoOn(name, way) : ""}`),
      );
      return 1;
    }
    const { instanceUuid } = found;
    const { restoredAs = "" } = configuration.vCenter;
    const vCenter = { server, instanceUuid, restoredAs };
    await carryOut(plan, { stack: name, settings, vCenter });
    console.error(visibleLine(`Done. Next: pulumi preview --stack ${name}`));
    return isWhole ? 0 : 1;
  },
});

function howToGoOn(stack: string, way: Way): string {
  const command = `npm run adopt -- --stack ${stack}${way === "take" ? " --take" : ""}`;
  return ` There is no terminal to ask at: to do it, run \`${command} --yes\``;
}

/** A tag that exists can have a name that the program would give to none, so the configuration is read as it will be. */
function load(settings: StackSettings, way: Way): LoadedConfiguration {
  try {
    return loadConfiguration(settings);
  } catch (error) {
    if (way === "take" || !(error instanceof ConfigurationError)) throw error;
    const loaded = loadedAsUsed(settings);
    if (loaded === undefined) throw error;
    return loaded;
  }
}

/** Undefined when the configuration is refused even if all of its tags exist. */
function loadedAsUsed(settings: StackSettings): LoadedConfiguration | undefined {
  try {
    const written = JSON.parse(settings.values["deckhouse-vsphere:regions"] ?? "[]") as {
      existing?: boolean;
      zones: { existing?: boolean }[];
    }[];
    const tags = written.flatMap(({ zones }, index): Place[] => [
      ["regions", index],
      ...zones.map((_, number): Place => ["regions", index, "zones", number]),
    ]);
    const loaded = loadConfiguration(settingsWithExisting(settings, tags));
    const { regions, ...rest } = loaded.configuration;
    // Read as used, and not used yet.
    const asWritten = regions.map((region, index) => ({
      ...region,
      existing: written[index]?.existing ?? false,
      zones: region.zones.map((zone, number) => ({
        ...zone,
        existing: written[index]?.zones[number]?.existing ?? false,
      })),
    }));
    return { ...loaded, configuration: { ...rest, regions: asWritten } };
  } catch {
    return undefined;
  }
}

/** What a stack recorded of one vCenter means nothing in another. */
function refuseOtherVCenter(
  { resources }: EngineState,
  found: { readonly server: string; readonly instanceUuid: string },
  { vCenter: { restoredAs = "" } }: LoadedConfiguration["configuration"],
): void {
  const recorded = resources.find(({ type }) => type.endsWith(":VCenter"))?.outputs ?? {};
  const { instanceUuid, server } = recorded;
  if (typeof instanceUuid !== "string") return;
  if (isSameVCenter(instanceUuid, found.instanceUuid, restoredAs)) return;
  const made = { instanceUuid, server: typeof server === "string" ? server : undefined };
  throw new UserError(otherVCenter(made, found));
}

interface Circumstances {
  readonly stack: string;
  readonly settings: StackSettings;
  readonly vCenter: RecordedVCenter;
}

/** Everything that can be refused is tried before anything is written. */
async function carryOut(
  plan: AdoptionPlan,
  { stack, settings, vCenter }: Circumstances,
): Promise<void> {
  const of = (action: Way): AdoptionPlan["things"] =>
    plan.things.filter((thing) => thing.action === action);
  const places = of("use").map(({ named }) => named.place);
  if (places.length > 0) refuseContradiction(settings, places);
  const edited = places.length > 0 ? editedStackFile(stack, places) : undefined;

  const taken = of("take");
  if (plan.isStale) {
    console.error("Refreshing the state ...");
    await refreshState(stack);
  }
  if (taken.length > 0) {
    console.error(`Importing ${taken.length} into the state ...`);
    const state = readState(await exportedState(stack));
    const provider = { instanceUuid: vCenter.instanceUuid, version: providerVersion() };
    await importResources(stack, importFile(taken, state, provider));
  }
  if (taken.length > 0 || plan.isRecordLacking) {
    const own = ownAfter(plan);
    const recorded = withTaken(await exportedState(stack), own, vCenter, settings);
    if (recorded !== undefined) await importState(stack, recorded);
  }
  if (plan.forgotten.length > 0 || taken.some(({ status }) => status === "interrupted")) {
    console.error("Clearing the state of what the interrupted run was making ...");
    await forgetPendingCreates(stack);
  }
  if (edited !== undefined) {
    writeWhole(edited);
    const times = places.length === 1 ? "once" : `${places.length} times`;
    console.error(visibleLine(`Wrote existing: true ${times} into ${edited.path}`));
  }
}
