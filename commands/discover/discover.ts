import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { repositoryRoot } from "../../configuration/projectFiles";
import { connectionFinding } from "../../preflight/connectionFinding";
import { soleFindingText } from "../../findings/finding";
import { visibleLine } from "../../findings/text";
import { isVCenterError, withVCenter, type VCenterConnection } from "../../vcenter";
import { userAgent } from "../check/stack";
import { defineCommand } from "../program";
import { UserError } from "../run";
import { adoptionHint } from "./adoptionHint";
import { differences, differenceText } from "./compare";
import type { DiscoveryFacts } from "./facts";
import { inventoryText } from "./inventory";
import { mayBeOurs, plannedStack } from "./plan";
import type { Choices, Proposal } from "./proposal";
import { askedChoices } from "./questions";
import { readDiscovery, type TagChoice } from "./read";
import { configurationIn, discoveryConnection } from "./settings";
import { stackFileText } from "./stackFile";

/** After how many milliseconds there is news. */
const patience = 2000;

/** `discover`: a stack file for a vCenter that nobody has described yet. */
export const discover = defineCommand({
  name: "discover",
  summary: "write the stack's file for what vCenter has",
  description: [
    "Looks at vCenter once, changes nothing there, and writes Pulumi.NAME.yaml: of what carries the tags of regions and " +
      "zones where somebody has prepared it, else of all that nodes could run on. Every other key follows as a comment.",
    "On a terminal it asks where there is a choice, and Enter takes what is proposed.",
    "A file that is there is never overwritten. It is compared with vCenter, and the differences are told.",
  ],
  options: {
    stack: { value: "NAME", text: "the stack, which need not be made yet" },
    out: { value: "FILE", text: "the file (default: Pulumi.NAME.yaml)" },
    yes: { text: "take what is proposed" },
    inventory: { text: "only print what vCenter has, as a tree" },
    regionCategory: { value: "NAME", text: "the tag category of regions (default: k8s-region)" },
    zoneCategory: { value: "NAME", text: "the tag category of zones (default: k8s-zone)" },
  },
  examples: [
    ["npm run discover -- --inventory", "what there is"],
    ["npm run discover -- --stack prod --yes", "writes Pulumi.prod.yaml"],
    ["npm run discover -- --stack prod", "again: compares the file with vCenter"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of a stack that is there"],
    ["VSPHERE_SERVER, VSPHERE_USER, VSPHERE_PASSWORD", "vCenter, where the stack does not say"],
  ],
  exitCodes: [
    ["0", "the file was written, or says what vCenter has"],
    ["1", "the file and vCenter differ, or vCenter could not be looked at"],
  ],
  async action({ stack = process.env["PULUMI_STACK"], out, inventory = false, ...options }) {
    const folder = repositoryRoot(process.cwd());
    if (inventory) {
      const connection = await discoveryConnection(stack ?? "", stackFile(folder, stack ?? ""));
      process.stdout.write(inventoryText(await look(connection, "all")));
      return 0;
    }
    if (!stack) {
      throw new UserError(
        "--stack: found nothing: the file is named after the stack: give it a name, as --stack prod",
      );
    }
    const own = stackFile(folder, stack);
    const file = out === undefined ? own : resolve(process.cwd(), out);
    const connection = await discoveryConnection(stack, own);
    const choices: Choices = {
      regionCategory: options.regionCategory,
      zoneCategory: options.zoneCategory,
    };
    if (existsSync(file)) return compared({ file, folder, stack }, connection, choices);
    const facts = await look(connection, (category) => mayBeOurs(category, choices));
    const proposal = plannedStack(facts, await decided(facts, choices, options.yes === true));
    const text = stackFileText(proposal, {
      server: connection.server,
      user: connection.user,
      product: facts.about.fullName,
      jsonSchema: relative(
        dirname(file),
        join(folder, "configuration", "jsonSchema", "stack-configuration.json"),
      ),
    });
    written(file, text);
    console.log(summaryText(file, stack, proposal));
    return 0;
  },
});

/** Asks where there is somebody to ask. */
async function decided(
  facts: DiscoveryFacts,
  choices: Choices,
  isAnswered: boolean,
): Promise<Choices> {
  if (isAnswered) return choices;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    console.error("This is not a terminal: taking what is proposed, as with --yes.");
    return choices;
  }
  const prompts = await import("@inquirer/prompts");
  try {
    return await askedChoices(facts, choices, prompts);
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExitPromptError")) throw error;
    throw new UserError("Nothing was written: the questions were not answered.");
  }
}

function stackFile(folder: string, stack: string): string {
  return join(folder, `Pulumi.${stack}.yaml`);
}

/** Tells how a file that is there and vCenter differ, and writes nothing. */
async function compared(
  {
    file,
    folder,
    stack,
  }: { readonly file: string; readonly folder: string; readonly stack: string },
  connection: VCenterConnection,
  choices: Choices,
): Promise<number> {
  const configuration = configurationIn(file, folder);
  const own: Choices = {
    regionCategory: choices.regionCategory ?? configuration.categories.region.name,
    zoneCategory: choices.zoneCategory ?? configuration.categories.zone.name,
  };
  const facts = await look(connection, (category) => mayBeOurs(category, own));
  const proposal = plannedStack(facts, own);
  const found = differences(configuration, facts, proposal);
  const hint = adoptionHint(stack, configuration, proposal);
  const hints = hint === undefined ? [] : [hint];
  if (found.length === 0) {
    console.log([`${file}: it is there already, and says what vCenter has.`, ...hints].join("\n"));
    return 0;
  }
  console.log(`${file}: it is there already and was left as it is. It differs from vCenter:`);
  for (const difference of found) console.log(`  ${differenceText(difference)}`);
  console.log(["Correct the file, or write a new one beside it with --out.", ...hints].join("\n"));
  return 1;
}

async function look(connection: VCenterConnection, tags: TagChoice): Promise<DiscoveryFacts> {
  const news = setTimeout(() => {
    console.error(`Reading vCenter ${connection.server} ...`);
  }, patience);
  try {
    return await withVCenter(connection, { userAgent: userAgent() }, async (client) =>
      readDiscovery(client, connection.user, tags),
    );
  } catch (error) {
    if (!isVCenterError(error)) throw error;
    throw new UserError(soleFindingText(connectionFinding(error, connection)));
  } finally {
    clearTimeout(news);
  }
}

/** Writes a file that nobody else has made meanwhile. */
function written(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file}: it cannot be written: ${why}: name another file with --out`);
  }
}

/** What was written, and what a person has to decide. */
function summaryText(file: string, stack: string, proposal: Proposal): string {
  const { categories, regions, notes, role, template } = proposal;
  const isUsed = [categories.region, categories.zone, ...regions, ...(role ? [role] : [])].some(
    ({ existing }) => existing,
  );
  const zones = regions.flatMap((region) => region.zones);
  const datastores = zones.flatMap((zone) => zone.datastores);
  const open = notes.filter(({ kind }) => kind === "choose");
  return [
    `Wrote ${file}: ${regions.length} regions, ${zones.length} zones, ${datastores.length} datastores, ` +
      `${role === undefined ? "no role" : `the role ${visibleLine(role.name)}`}, ` +
      `${template === undefined ? "no template" : `the template ${visibleLine(template)}`}.`,
    ...(open.length === 0 ? [] : ["To be decided in the file:"]),
    ...open.map(({ at, text }) => visibleLine(`  ${at}: ${text}`)),
    ...(isUsed
      ? [
          visibleLine(
            "It uses what is there (existing: true). To have the stack own it instead, take these words out and run " +
              `npm run adopt -- --stack ${stack} --take`,
          ),
        ]
      : []),
    "Next: npm run check -- --before-up",
  ].join("\n");
}
