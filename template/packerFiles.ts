/** The file that Deckhouse's documents have a user write: where to build. Packer loads it by itself. */
export const placeFile = "vsphere.auto.pkrvars.hcl";

/** What the configuration says of the image; given to Packer last, so that it counts more than the folder's own. */
export const recipeFile = "deckhouse-vsphere.pkrvars.hcl";

/** The block with the plugin that is added where a folder has none; Packer loads every file with this ending. */
export const pluginFile = "deckhouse-vsphere-plugin.pkr.hcl";

/** What Packer writes about the finished build. */
export const manifestFile = "deckhouse-vsphere-manifest.json";
