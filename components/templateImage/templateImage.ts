import { Command, Logging } from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";

import { TemplateLookup } from "./templateLookup/resource";
import { templateName } from "../../template/fingerprint";
import { folderContents } from "../../template/fingerprint";
import { pathForDeckhouse, type TemplatePlace } from "../../template/place";
import { planTemplates, type Distribution, type PlannedTemplate } from "../../template/plan";
import type {
  ImageRecipe,
  InstallerImage,
  TemplateHardware,
  VariableValue,
} from "../../template/recipe";
import {
  passwordVariable,
  rebuildVariable,
  requestVariable,
  type TemplateTimeouts,
  type TemplateVCenter,
} from "../../template/request";
import { localFolder, type PackerSource } from "../../template/recipe";
import { showProgress } from "./progress";
import { visibleLine } from "../../findings/text";

/** A template that others made; it is only checked. */
export interface ExistingSource {
  readonly kind: "existing";
  /** Path below each datacenter's vm folder: `Templates/ubuntu-24.04`. */
  readonly template: string;
}

/** Where a template is needed. */
export interface TemplateRegionArgs {
  /** Inventory path of the datacenter: `/X1`. */
  readonly datacenter: string;
  /** Where to build it, or to copy it to; not for one that exists. */
  readonly place?: TemplatePlace;
  /** GiB: the smallest root disk of the nodes that are cloned from it. */
  readonly smallestRootDisk?: number;
}

/** The inputs of {@link TemplateImage}. */
export interface TemplateImageArgs {
  /** What to build with, or what exists. */
  readonly source: PackerSource | ExistingSource;
  /** The datacenters that need the template, by a key of their own. The first is where it is built if it is built once. */
  readonly regions: Readonly<Record<string, TemplateRegionArgs>>;
  /** @default what the Packer folder names */
  readonly installer?: InstallerImage;
  /** @default what the Packer folder says */
  readonly hardware?: TemplateHardware;
  /** Further variables for Packer. They stand in the state. */
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Where guests reach the HTTP server that Packer runs. @default Packer takes the first address of the machine */
  readonly httpAddress?: string;
  /**
   * Whether it is built once and copied, or built in every region, one after the other or at the same time.
   * @default "copy"
   */
  readonly distribution?: Distribution;
  /**
   * What happens to a template that this component made and that is not wanted any more.
   * @default "keep"
   */
  readonly oldTemplates?: "keep" | "remove";
  /** Seconds for each stage. */
  readonly timeouts: TemplateTimeouts;
  readonly vCenter: TemplateVCenter;
  /** The password of the building account; absent when the environment has it. A secret. */
  readonly password?: pulumi.Input<string> | undefined;
  /** The root of this repository: where `packer/` is, and what relative paths begin at. */
  readonly root: string;
}

/**
 * The template that Deckhouse clones nodes from, in every region: built by Packer under a name that says what is in
 * it, or only checked.
 *
 * @example
 * new TemplateImage("template", {
 *   source: { kind: "builtin", ubuntu: "24.04" },
 *   regions: { "k8s-region-x1": { datacenter: "/X1", place } },
 *   ...{ timeouts, vCenter, root },
 * });
 */
export class TemplateImage extends pulumi.ComponentResource {
  /** The path of the template in each region, as Deckhouse takes it. Known at preview. */
  readonly paths: Readonly<Record<string, string>>;
  /**
   * {@link paths}, which during `up` are known only when the templates are there: what names a template in the stack's
   * outputs switches to a new one after it was built, and not when that fails.
   */
  readonly ready: pulumi.Output<Readonly<Record<string, string>>>;

  constructor(name: string, args: TemplateImageArgs, options?: pulumi.ComponentResourceOptions) {
    const planned = args.source.kind === "existing" ? undefined : planOf(args.source, args);
    super("deckhouse-vsphere:index:TemplateImage", name, {}, options);
    if (planned === undefined) {
      const { template } = args.source as ExistingSource;
      this.paths = mapValues(args.regions, () => template);
      this.ready = this.#knownAfter(this.#lookFor(name, template, args.regions));
    } else {
      this.paths = Object.fromEntries(
        planned.map(({ region, request }) => [
          region,
          pathForDeckhouse(request.place, request.name),
        ]),
      );
      this.ready = this.#knownAfter(this.#make(name, planned, args));
    }
    this.registerOutputs({ templates: this.ready });
  }

  /** Only looks; gives what is known once that was done. */
  #lookFor(
    name: string,
    template: string,
    regions: TemplateImageArgs["regions"],
  ): pulumi.Output<string>[] {
    return Object.entries(regions).map(([region, { datacenter, smallestRootDisk }]) => {
      const lookup = { path: `${datacenter}/vm/${template}`, smallestRootDisk };
      return new TemplateLookup(`${name}-${region}-lookup`, lookup, { parent: this }).urn;
    });
  }

  /** One Command for each region, with a look at what is really there before it; gives what they print. */
  #make(
    name: string,
    planned: readonly PlannedTemplate[],
    { oldTemplates = "keep", password, root }: TemplateImageArgs,
  ): pulumi.Output<string>[] {
    const commands = new Map<string, Command>();
    for (const { region, path, tools, request, after } of planned) {
      const { place, smallestRootDisk } = request;
      const lookup = new TemplateLookup(
        `${name}-${region}-lookup`,
        { path, smallestRootDisk, making: { place, tools } },
        { parent: this },
      );
      const command = new Command(
        `${name}-${region}`,
        {
          create: "node templateImage.js make",
          ...(oldTemplates === "remove" ? { delete: "node templateImage.js remove" } : {}),
          environment: {
            [requestVariable]: JSON.stringify(request),
            [rebuildVariable]: pulumi.interpolate`${lookup.rebuilds}`,
            ...(password === undefined ? {} : { [passwordVariable]: pulumi.secret(password) }),
          },
          // Another template is made beside the old one before that is let go of. All else is an update: the runner
          // sees that the template is there, and has nothing to do.
          triggers: [path],
          // Lines longer than 64 KB would hang a command whose output is shown (pulumi/pulumi-command).
          logging: Logging.None,
        },
        {
          parent: this,
          dependsOn: [...commands].flatMap(([other, made]) => (other === after ? [made] : [])),
        },
      );
      showProgress(this, region, command, { root, request });
      commands.set(region, command);
    }
    return [...commands.values()].map(({ stdout }) => stdout);
  }

  #knownAfter(done: pulumi.Output<string>[]): pulumi.Output<Readonly<Record<string, string>>> {
    return pulumi.runtime.isDryRun()
      ? pulumi.output(this.paths)
      : pulumi.all(done).apply(() => this.paths);
  }
}

/** How each region gets the template. @throws pulumi.RunError for what the caller has to mend */
function planOf(source: PackerSource, args: TemplateImageArgs): PlannedTemplate[] {
  const { regions, distribution = "copy", httpAddress, timeouts, vCenter } = args;
  const recipe = recipeOf(source, args);
  return planTemplates({
    name: templateName(recipe, contentsOf(source, args.root)),
    places: mapValues(regions, placeOf),
    smallestRootDisks: mapValues(regions, ({ smallestRootDisk }) => smallestRootDisk),
    ...{ recipe, distribution, httpAddress, timeouts, vCenter },
  });
}

function recipeOf(
  source: PackerSource,
  { installer, hardware = {}, variables = {} }: TemplateImageArgs,
): ImageRecipe {
  return { source, ...(installer === undefined ? {} : { installer }), hardware, variables };
}

/** A hash of the Packer folder, where it is on this machine. */
function contentsOf(source: PackerSource, root: string): string | undefined {
  const folder = localFolder(source, root);
  try {
    return folder === undefined ? undefined : folderContents(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(
      visibleLine(
        `templateImage.directory.path: found "${source.kind === "directory" ? source.path : ""}": the folder cannot be ` +
          `read (${reason}): write the path of a Packer folder, absolute or from the root of this repository`,
      ),
    );
  }
}

function placeOf({ place }: Pick<TemplateRegionArgs, "place">, region: string): TemplatePlace {
  if (place === undefined) {
    throw new pulumi.RunError(
      `TemplateImage: found no place for ${region}: a template that is built needs one: give regions["${region}"].place`,
    );
  }
  return place;
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
