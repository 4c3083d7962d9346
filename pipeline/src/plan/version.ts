/** Gantry's own version; a test keeps it equal to package.json's. */
export const gantryVersion = "0.1.0";
