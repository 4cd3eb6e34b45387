import { templatePath, type TemplatePlace } from "./place";
import type { ImageRecipe } from "./recipe";
import type { TemplateRequest, TemplateTimeouts, TemplateVCenter } from "./request";
import { toolsFor } from "./tools";

/** How every region gets the template. */
export type Distribution = "copy" | "buildInTurn" | "buildTogether";

/** What is to be made, and where. */
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
  /** The programs that this machine needs for it. */
  readonly tools: readonly string[];
  readonly request: TemplateRequest;
  /** The region whose template has to be there before. */
  readonly after?: string;
}

/**
 * Works out how each region gets the template: built, or copied from the first region. Copies wait for that one only,
 * builds in turn for the one before.
 */
export function planTemplates(inputs: PlanInputs): PlannedTemplate[] {
  const { name, recipe, distribution, httpAddress } = inputs;
  const builders = toolsFor(recipe.source).map((tool) => tool.name);
  const regions = Object.entries(inputs.places);
  return regions.map(([region, place], index) => {
    const smallestRootDisk = inputs.smallestRootDisks[region];
    const common = {
      ...{ name, place, vCenter: inputs.vCenter, timeouts: inputs.timeouts },
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
      ...{ region, path, tools: builders, request: { ...common, build } },
      ...(before === undefined ? {} : { after: before }),
    };
  });
}
