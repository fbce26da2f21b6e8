package io.pouchtwin.cell.full;

/**
 * Finite volumes along the radius of a sphere of radius 1, finer towards the surface: faces at r = 1 - (1 - s)^2 with s
 * equidistant.
 *
 * <p>Diffusion needs steep gradients only near the surface, so the spacing shrinks linearly towards it.
 */
final class ShellGrid {
    /** Number of shells. */
    final int count;
    /** Volume of shell k over 4 pi [-]. */
    final double[] volume;
    /** Area of the outer face of shell k over 4 pi, divided by the distance to the next centre [-]; 0 for the outermost. */
    final double[] faceOverDistance;
    /** Distance from the outermost centre to the surface [-]. */
    final double surfaceDistance;

    ShellGrid(int count) {
        this.count = count;
        this.volume = new double[count];
        this.faceOverDistance = new double[count];
        double[] face = new double[count + 1];
        for (int k = 0; k <= count; k++) {
            double s = 1 - (double) k / count;
            face[k] = 1 - s * s;
        }
        for (int k = 0; k < count; k++) {
            volume[k] = (cube(face[k + 1]) - cube(face[k])) / 3;
        }
        for (int k = 0; k + 1 < count; k++) {
            double distance = 0.5 * (face[k + 2] - face[k]);
            faceOverDistance[k] = face[k + 1] * face[k + 1] / distance;
        }
        this.surfaceDistance = 0.5 * (1 - face[count - 1]);
    }

    private static double cube(double v) {
        return v * v * v;
    }
}
