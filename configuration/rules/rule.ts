import type { Finding } from "../../findings/finding";
import type { WrittenConfiguration } from "../schema";

/**
 * Something that has to hold between keys, or of a value beyond its type. Rules run on a configuration that the schema
 * accepts, with every default filled in; a rule gives the same findings for the same configuration.
 */
export type Rule = (configuration: WrittenConfiguration) => Iterable<Finding>;
