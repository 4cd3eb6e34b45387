import { finding, type Finding } from "../../../findings/finding";
import type { Rule } from "../rule";

const sources = ["builtin", "deckhouse", "directory", "existing"] as const;

/** Keys that say how a template is built, by which nothing is said of one that exists. */
const buildKeys = [
  "isoUrl",
  "isoChecksum",
  "numCPUs",
  "coresPerSocket",
  "memory",
  "diskSize",
  "httpAddress",
  "account",
] as const;

/** A template comes from one source. */
export const templateImageHasOneSource: Rule = ({ templateImage }, faulty) => {
  if (templateImage === undefined || sources.some((key) => faulty(`templateImage.${key}`))) {
    return [];
  }
  const [first, ...others] = sources.filter((key) => templateImage[key] !== undefined);
  if (first === undefined) {
    return [
      finding(
        "templateImage",
        templateImage,
        "it does not say where the template comes from",
        `add one of ${sources.join(", ")}, for example builtin: {ubuntu: "24.04"}`,
      ),
    ];
  }
  return others.map((other) =>
    finding(
      `templateImage.${other}`,
      templateImage[other],
      `templateImage.${first} is there too, and the two exclude each other`,
      `choose one, ${first} or ${other}`,
    ),
  );
};

/** What would have no effect is refused, so that nobody believes that it has one. */
export const existingTemplatesAreNotBuilt: Rule = ({ templateImage }) =>
  templateImage?.existing === undefined
    ? []
    : [
        ...buildKeys.filter((key) => templateImage[key] !== undefined),
        ...(["variables", "places"] as const).filter(
          (key) => Object.keys(templateImage[key] ?? {}).length > 0,
        ),
      ].map((key): Finding =>
        finding(
          `templateImage.${key}`,
          templateImage[key],
          "templateImage.existing is only checked, so this would have no effect",
          "remove one of the two",
        ),
      );

/** An image and its checksum are changed together: one without the other never fits. */
export const installerHasChecksum: Rule = ({ templateImage }, faulty) => {
  const { isoUrl, isoChecksum } = templateImage ?? {};
  if (
    (isoUrl === undefined) === (isoChecksum === undefined) ||
    faulty("templateImage.isoUrl") ||
    faulty("templateImage.isoChecksum")
  ) {
    return [];
  }
  const [missing, given] =
    isoUrl === undefined ? ["isoUrl", "isoChecksum"] : ["isoChecksum", "isoUrl"];
  return [
    finding(
      `templateImage.${missing}`,
      undefined,
      `templateImage.${given} is set, and would be used with the ${missing} of another image`,
      "set both or neither",
    ),
  ];
};
