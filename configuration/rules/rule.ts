import type { ConfigurationDraft } from "../draft";
import type { Finding } from "../../findings/finding";

/** Tells whether the schema found a fault at a path or below it. */
export type Faulty = (path: string) => boolean;

/**
 * Something that has to hold between keys, or of a value beyond its type. A rule says nothing about parts
 * that could not be read, and gives the same answer for the same draft.
 */
export type Rule = (draft: ConfigurationDraft, faulty: Faulty) => Finding[];
