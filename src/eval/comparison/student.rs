//! Student's t distribution, by the regularized incomplete beta function.

/// The probability of a t at least this far from 0: I_x(degrees / 2, 1/2) with x = degrees / (degrees + t^2) (DLMF
/// 8.17; Abramowitz, Stegun 26.7.1).
pub fn two_sided_p(t: f64, degrees: f64) -> f64 {
    incomplete_beta(degrees / 2.0, 0.5, degrees / (degrees + t * t)).clamp(0.0, 1.0)
}

/// The t from 0 that is passed, on either side, with this probability: the inverse of [`two_sided_p`], by halving.
pub fn two_sided_quantile(p: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while two_sided_p(high, degrees) > p && high < 1e12 {
        high *= 2.0;
    }
    // as many halvings as a number has digits
    for _ in 0..f64::MANTISSA_DIGITS {
        let middle = (low + high) / 2.0;
        if two_sided_p(middle, degrees) > p { low = middle } else { high = middle }
    }
    high
}

/// I_x(a, b), by the continued fraction DLMF 8.17.22 on the side where it converges fast.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let ln_front = a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    if x < (a + 1.0) / (a + b + 2.0) {
        ln_front.exp() * fraction(a, b, x) / a
    } else {
        1.0 - ln_front.exp() * fraction(b, a, 1.0 - x) / b
    }
}

/// The continued fraction by Lentz's method as Thompson and Barnett modified it (Journal of Computational Physics 64,
/// 1986).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let keep_off = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / keep_off(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in (1..500).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            d = 1.0 / keep_off(1.0 + step * d);
            c = keep_off(1.0 + step / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function for positive numbers: Stirling's series (DLMF 5.11.1) beyond 10, and below by
/// the recurrence.
fn ln_gamma(z: f64) -> f64 {
    let (mut z, mut below) = (z, 0.0);
    while z < 10.0 {
        below += z.ln();
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    let series = (1.0 / 12.0 - w * (1.0 / 360.0 - w * (1.0 / 1260.0 - w * (1.0 / 1680.0 - w / 1188.0)))) / z;
    (z - 0.5) * z.ln() - z + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - below
}
