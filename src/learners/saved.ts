// Reading back a learner's saved data, which may come from a stranger's file: each field is checked.
type Data = Readonly<Record<string, unknown>>;

export function savedNumber(data: Data, name: string): number {
  const value = data[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`the saved run's ${name} is ${JSON.stringify(value)}; a number is needed.`);
  }
  return value;
}
