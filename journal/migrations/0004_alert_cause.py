from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_sending_and_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="cause",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
