import {
  templatePath,
  type TemplatePlace,
  type TemplateRequest,
  type TemplateTimeouts,
  type TemplateVCenter,
} from "./request";
import type { ImageRecipe } from "./recipe";
import { toolsFor } from "./tools";

/** How the regions get the template. */
export type Distribution = "copy" | "buildInTurn" | "buildTogether";

/** What to make, and where. */
export interface PlanInputs {
  /** The template's name. */
  readonly name: string;
  readonly recipe: ImageRecipe;
  /** The places by region, in the order of the regions. */
  readonly places: Readonly<Record<string, TemplatePlace>>;
  /** GiB, by region: the smallest root disk of the nodes. */
  readonly smallestRootDisks: Readonly<Record<string, number | undefined>>;
  readonly distribution: Distribution;
  readonly httpAddress?: string | undefined;
  readonly timeouts: TemplateTimeouts;
  readonly vCenter: TemplateVCenter;
}

/** How one region gets the template. */
export interface PlannedTemplate {
  readonly region: string;
  /** Full inventory path. */
  readonly path: string;
  /** The programs that this machine needs. */
  readonly tools: readonly string[];
  readonly request: TemplateRequest;
  /** The region whose template has to exist first. */
  readonly after?: string;
}

/**
 * Plans how each region gets the template: by a build, or as a copy of the first region's. All copies wait for the first
 * region only; builds in turn wait for the region before.
 */
export function planTemplates(inputs: PlanInputs): PlannedTemplate[] {
  const { name, recipe, distribution, httpAddress, vCenter, timeouts } = inputs;
  const builders = toolsFor(recipe.source).map((tool) => tool.name);
  const regions = Object.entries(inputs.places);
  return regions.map(([region, place], index) => {
    const smallestRootDisk = inputs.smallestRootDisks[region];
    const common = {
      name,
      place,
      vCenter,
      timeouts,
      ...(smallestRootDisk === undefined ? {} : { smallestRootDisk }),
    };
    const path = templatePath(place, name);
    const [first] = regions;
    if (distribution === "copy" && index > 0 && first !== undefined) {
      const request = { ...common, copyFrom: templatePath(first[1], name) };
      return { region, path, tools: [], request, after: first[0] };
    }
    const build = { recipe, ...(httpAddress === undefined ? {} : { httpAddress }) };
    const before = distribution === "buildInTurn" ? regions[index - 1]?.[0] : undefined;
    return {
      region,
      path,
      tools: builders,
      request: { ...common, build },
      ...(before === undefined ? {} : { after: before }),
    };
  });
}
