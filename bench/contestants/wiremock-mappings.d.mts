export function wiremockArguments(installed: string, folder: string, port: number): string[];
export function writeMappings(folder: string): void;
