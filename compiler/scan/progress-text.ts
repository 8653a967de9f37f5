/** How far work is, and how long it will take from here. */
export class ScanClock {
  readonly #total: number;
  readonly #known: number;
  readonly #noun: string;
  readonly #began = performance.now();

  /** `known` points were there before the work began. */
  constructor(total: number, known: number, noun: string) {
    this.#total = total;
    this.#known = known;
    this.#noun = noun;
  }

  /** `3200 of 10000 points, 40 s left`. */
  text(count: number): string {
    const done = count - this.#known;
    const spent = (performance.now() - this.#began) / 1000;
    const left = done > 0 ? `, ${duration((spent / done) * (this.#total - count))} left` : "";
    return `${count} of ${this.#total} ${this.#noun}${left}`;
  }
}

/** `40 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
