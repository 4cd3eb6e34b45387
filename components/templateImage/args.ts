import * as pulumi from "@pulumi/pulumi";

import type { Region, TemplateImage } from "../../configuration";
import type { BuildingPassword } from "../../configuration/buildingPassword";
import { repositoryRoot } from "../../configuration/projectFiles";
import { onTopic, finding, FindingsError } from "../../findings/finding";
import {
  folderContents,
  templateName,
  localFolder,
  type InstallerImage,
  type PackerSource,
  type TemplateHardware,
  type VariableValue,
} from "../../template/recipe";
import type { TemplatePlace, TemplateTimeouts, TemplateVCenter } from "../../template/request";
import { planTemplates, type Distribution, type PlannedTemplate } from "../../template/plan";
import type { VCenterConnection } from "../../vcenter";

/** A template that others made: it is only checked. */
export interface ExistingSource {
  readonly kind: "existing";
  /** Path below each datacenter's vm folder: `Templates/ubuntu-24.04`. */
  readonly template: string;
}

/** Where a template is needed. */
export interface TemplateRegionArgs {
  /** Inventory path of the datacenter: `/X1`. */
  readonly datacenter: string;
  /** The key that the region had at the last `up`. @default the same */
  readonly formerKey?: string;
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
   * What happens to a template that this component made and that is no longer wanted.
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

/** Nothing is done with a template that exists. */
const noTimeouts = { fetch: 0, init: 0, build: 0, copy: 0, cleanUp: 0 };

/** What the configuration says of the template, in the terms of the component. */
export function templateImageArgs(
  image: TemplateImage,
  regions: readonly Region[],
  connection: VCenterConnection,
  password: BuildingPassword,
): TemplateImageArgs {
  const { server, user, insecure, certificateAuthority } = connection;
  const common = {
    root: repositoryRoot(),
    vCenter: {
      server,
      insecure,
      passwordVariable: password.variable,
      user: (image.kind === "built" ? image.username : undefined) ?? user,
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    },
    regions: Object.fromEntries(
      regions.map(({ name, formerName, datacenter }) => [
        name,
        {
          datacenter,
          ...(formerName === undefined ? {} : { formerKey: formerName }),
          ...image.regions[name],
        },
      ]),
    ),
  };
  if (image.kind === "existing") {
    return {
      ...common,
      source: { kind: "existing", template: image.template },
      timeouts: noTimeouts,
    };
  }
  const { recipe, httpAddress, distribution, oldTemplates, timeouts } = image;
  const { source, installer, hardware, variables } = recipe;
  return {
    ...common,
    source,
    hardware,
    variables,
    distribution,
    oldTemplates,
    timeouts,
    ...(installer === undefined ? {} : { installer }),
    ...(httpAddress === undefined ? {} : { httpAddress }),
    ...(password.value === undefined ? {} : { password: pulumi.secret(password.value) }),
  };
}

/**
 * How each region gets the template.
 *
 * @throws FindingsError for what the caller has to correct
 */
export function planOf(source: PackerSource, args: TemplateImageArgs): PlannedTemplate[] {
  const { regions, installer, hardware = {}, variables = {} } = args;
  const { distribution = "copy", httpAddress, timeouts, vCenter } = args;
  const recipe = { source, hardware, variables, ...(installer === undefined ? {} : { installer }) };
  return planTemplates({
    name: templateName(recipe, contentsOf(source, args.root)),
    places: mapValues(regions, placeOf),
    smallestRootDisks: mapValues(regions, ({ smallestRootDisk }) => smallestRootDisk),
    recipe,
    distribution,
    httpAddress,
    timeouts,
    vCenter,
  });
}

/** A hash of the Packer folder, where it is on this machine. */
function contentsOf(source: PackerSource, root: string): string | undefined {
  const folder = localFolder(source, root);
  try {
    return folder === undefined ? undefined : folderContents(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FindingsError(
      onTopic("configuration-template-image", [
        finding(
          "templateImage.directory.path",
          source.kind === "directory" ? source.path : "",
          `the folder cannot be read (${reason})`,
          "write the path of a Packer folder, absolute or from the root of this repository",
        ),
      ]),
    );
  }
}

function placeOf({ place }: Pick<TemplateRegionArgs, "place">, region: string): TemplatePlace {
  if (place !== undefined) return place;
  throw new FindingsError(
    onTopic("configuration-template-image", [
      {
        severity: "error",
        where: "TemplateImage",
        found: `no place for ${region}`,
        wrong: "a template that is built needs one",
        remedy: `give regions["${region}"].place`,
      },
    ]),
  );
}

/** A record with the same keys and other values. */
export function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
