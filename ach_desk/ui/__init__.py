"""The window program: Qt lives here and in `app.desktop`, nowhere else."""
