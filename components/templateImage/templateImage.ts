import { Command, Logging } from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";

import {
  pathForDeckhouse,
  type TemplatePlace,
  passwordVariable,
  rebuildVariable,
  requestVariable,
} from "../../template/request";
import type { PlannedTemplate } from "../../template/plan";
import { DynamicResource } from "../dynamic/dynamicResource";
import {
  mapValues,
  planOf,
  type ExistingSource,
  type TemplateImageArgs,
  type TemplateRegionArgs,
} from "./args";
import { showProgress } from "./progress";

/**
 * The template that Deckhouse clones nodes from, in every region: built by Packer under a name that says what is in
 * it, or only checked.
 *
 * @example
 * new TemplateImage("template", {
 *   source: { kind: "builtin", ubuntu: "24.04" },
 *   regions: { "k8s-region-x1": { datacenter: "/X1", place } },
 *   timeouts,
 *   vCenter,
 *   root,
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
    return Object.entries(regions).map(([region, args]) => {
      const { datacenter, smallestRootDisk = 0 } = args;
      const lookup = {
        ...{ path: `${datacenter}/vm/${template}`, smallestRootDisk },
        region: { name: region, datacenter },
      };
      const aliases = formerly(args, (key) => `${name}-${key}-lookup`);
      return new TemplateLookup(`${name}-${region}-lookup`, lookup, { parent: this, aliases }).urn;
    });
  }

  /** One Command for each region, with a look at what is really there before it; gives what they print. */
  #make(
    name: string,
    planned: readonly PlannedTemplate[],
    { oldTemplates = "keep", password, regions, root }: TemplateImageArgs,
  ): pulumi.Output<string>[] {
    const commands = new Map<string, Command>();
    for (const { region, path, tools, request, after } of planned) {
      const { place, smallestRootDisk = 0 } = request;
      const lookup = new TemplateLookup(
        `${name}-${region}-lookup`,
        {
          ...{ path, smallestRootDisk, making: { place, tools } },
          region: { name: region, datacenter: place.datacenter },
        },
        { parent: this, aliases: formerly(regions[region], (key) => `${name}-${key}-lookup`) },
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
          // Another template is made beside the old one before that is given up. Everything else is an update: the runner
          // sees that the template exists, and has nothing to do.
          triggers: [path],
          // Lines longer than 64 KB would hang a command whose output is shown (pulumi/pulumi-command).
          logging: Logging.None,
        },
        {
          parent: this,
          // JSON for the runner: a new template is told by its path, and by the sentences of the preview.
          hideDiffs: ["environment"],
          aliases: formerly(regions[region], (key) => `${name}-${key}`),
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

/**
 * The resource of a region that had another key, by which the engine finds it again: otherwise it would give up, and
 * perhaps delete, the template that the region goes on using.
 */
function formerly(
  { formerKey }: Partial<TemplateRegionArgs> = {},
  nameFor: (key: string) => string,
): pulumi.Alias[] {
  return formerKey === undefined ? [] : [{ name: nameFor(formerKey) }];
}

/** Which template is looked for, and what it has to be. */
export interface LookedUpTemplate {
  /** Full inventory path of the template. */
  readonly path: string;
  /** GiB: the smallest root disk of the nodes that are cloned from it; 0 when there are none. */
  readonly smallestRootDisk: number;
  /** Where and with what it is made when it does not exist; absent for a template that others made. */
  readonly making?: Making;
}

/** What making a template needs. */
export interface Making {
  readonly place: TemplatePlace;
  /** The names of programs that this machine needs: `git`, `packer`. None for a copy. */
  readonly tools: readonly string[];
}

/** The inputs of a TemplateLookup resource. */
export interface TemplateLookupInputs extends LookedUpTemplate {
  /** Whose nodes are cloned from it. For what is said alone: another one here changes nothing. */
  readonly region: {
    readonly name: string;
    /** Inventory path: `/X1`. */
    readonly datacenter: string;
  };
}

/** What the state holds. */
export interface TemplateLookupOutputs extends LookedUpTemplate {
  /** How often the template was missing when it was looked for again. When the number grows, it is made again. */
  readonly rebuilds: number;
}

/** Looks at a template at every preview, and changes nothing in vCenter. */
export class TemplateLookup extends DynamicResource {
  /** Grows when the template has to be made again because somebody removed it. */
  declare readonly rebuilds: pulumi.Output<number>;

  constructor(name: string, args: TemplateLookupInputs, options?: pulumi.CustomResourceOptions) {
    super("templateLookup", "TemplateLookup", name, { ...args, rebuilds: undefined }, options);
  }
}
