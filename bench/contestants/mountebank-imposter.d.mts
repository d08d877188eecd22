export function mountebankOptions(port: number): object;
export function imposter(port: number): object;
