/** What is handed to GraphQL for one object: a value a field, or a function that makes it. */
export type View = Readonly<Record<string, unknown>>;
