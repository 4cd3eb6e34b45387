import type { TemplateRequest } from "../request";
import type { VCenterClient } from "../../vcenter";

/**
 * The request with the paths that vCenter has: the configuration may name a datacenter's own folders by what they hold,
 * whatever they are called.
 *
 * @throws VCenterError
 */
export async function withRealPaths(
  { virtualMachines }: VCenterClient,
  request: TemplateRequest,
): Promise<TemplateRequest> {
  const { place, copyFrom } = request;
  const real = async <Key extends string>(key: Key, path: string): Promise<[Key, string]> => [
    key,
    await virtualMachines.realPath(path),
  ];
  const [paths, source] = await Promise.all([
    Promise.all([
      real("cluster", place.cluster),
      real("datastore", place.datastore),
      real("folder", place.folder),
      real("network", place.network),
    ]),
    copyFrom === undefined ? undefined : real("copyFrom", copyFrom),
  ]);
  return {
    ...{ ...request, place: { ...place, ...Object.fromEntries(paths) } },
    ...(source === undefined ? {} : Object.fromEntries([source])),
  };
}
