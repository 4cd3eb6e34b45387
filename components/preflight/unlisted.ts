import type { Configuration, TemplateImage } from "../../configuration";
import type { NamedObject } from "../../configuration/namedObjects";
import { repositoryRoot } from "../../configuration/projectFiles";
import type { PlaceFound, VCenterFacts } from "../../preflight/facts";
import { folderContents, localFolder, templateName, type ImageRecipe } from "../../template/recipe";
import { templatePath } from "../../template/request";
import type { LiveView } from "../dynamic/liveView";

/** What it takes to look for objects that the inventory does not list. */
type Finder = Pick<LiveView, "object" | "anyObject" | "virtualMachine">;

/**
 * Reads resource pools, hosts and templates, which the inventory does not list: a call for each path, and one more for
 * each template.
 *
 * @param names what the configuration names
 * @throws VCenterError when vCenter cannot be asked
 */
export async function readUnlisted(
  live: Finder,
  { templateImage, regions }: Configuration,
  names: readonly NamedObject[],
): Promise<Pick<VCenterFacts, "resourcePools" | "templates" | "templateImages">> {
  const own = names.filter(({ templateOf }) => templateOf === undefined);
  const of = (kind: NamedObject["kinds"][number]): NamedObject[] =>
    own.filter(({ kinds }) => kinds.includes(kind));
  const paths = templateImage === undefined ? [] : pathsOf(templateImage, regions);
  const [resourcePools, templates, templateImages] = await Promise.all([
    Promise.all(of("resource pool").map((one) => placeFound(live, one))),
    Promise.all(
      of("virtual machine").map(async ({ at, path, rootDiskSize = 0 }) => ({
        ...{ at, path, rootDiskSize },
        ...(await machineFound(live, path)),
      })),
    ),
    paths &&
      Promise.all(
        paths.map(async ({ region, path }) => {
          const found = await machineFound(live, path);
          const places = names.filter(
            ({ templateOf, cluster }) => templateOf === region && cluster !== undefined,
          );
          return {
            ...{ region, path },
            ...found,
            places:
              found.machine === undefined
                ? await Promise.all(places.map((one) => placeFound(live, one)))
                : [],
          };
        }),
      ),
  ]);
  return { resourcePools, templates, templateImages };
}

async function placeFound(live: Finder, { at, path, kinds }: NamedObject): Promise<PlaceFound> {
  const [kind] = kinds;
  const exists = kind !== undefined && (await live.object(path, kind)) !== undefined;
  return { at, path, exists, instead: exists ? undefined : (await live.anyObject(path))?.type };
}

async function machineFound(
  live: Finder,
  path: string,
): Promise<Pick<VCenterFacts["templates"][number], "machine" | "instead">> {
  const machine = await live.virtualMachine(path);
  const other = machine === undefined ? await live.anyObject(path) : undefined;
  // A machine that could not be read is as good as missing.
  return { machine, instead: other?.type === "VirtualMachine" ? undefined : other?.type };
}

/** Where the template is, or is to be, in each region; undefined where its name is not known. */
function pathsOf(
  image: TemplateImage,
  regions: Configuration["regions"],
): { readonly region: string; readonly path: string }[] | undefined {
  if (image.kind === "existing") {
    return regions.map(({ name, datacenter }) => ({
      region: name,
      path: `${datacenter}/vm/${image.template}`,
    }));
  }
  const name = nameOf(image.recipe);
  return name === undefined
    ? undefined
    : Object.entries(image.regions).map(([region, { place }]) => ({
        region,
        path: templatePath(place, name),
      }));
}

/** The name of a template that is built, which says what is in its Packer folder. */
function nameOf(recipe: ImageRecipe): string | undefined {
  const folder = localFolder(recipe.source, repositoryRoot());
  try {
    return templateName(recipe, folder === undefined ? undefined : folderContents(folder));
  } catch {
    // The program says why when it plans the template.
    return undefined;
  }
}
